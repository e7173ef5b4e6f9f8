/** The value of one cookie of a request. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pair = (header ?? '').split(/;\s*/).find((cookie) => cookie.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}

/** A cookie until the browser closes. Ports share their cookies, so each portal's cookies carry its own name. */
export function cookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`
}

export function noCookie(name: string): string {
  return `${cookie(name, '')}; Max-Age=0`
}

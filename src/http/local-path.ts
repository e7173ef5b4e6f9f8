import { paths } from '#ui/paths.ts'

/**
 * Where to continue, taken from a request: a local path, or the fallback. Parsed as browsers parse URLs, so that
 * nothing passes that they would read as another host (RED-1).
 */
export function localPath(text: string | undefined, fallback: string = paths.profile): string {
  if (!text?.startsWith('/') || text.length > 2_000 || /[\\\p{Cc}\s]/u.test(text)) return fallback
  const base = 'http://einlass.invalid'
  const url = URL.parse(text, base)
  if (!url || url.origin !== base || url.username || url.password) return fallback
  if (url.pathname.startsWith('//') || /^\/(%2f|%5c)/i.test(url.pathname)) return fallback
  return url.pathname + url.search
}

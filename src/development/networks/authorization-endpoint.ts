import { type Account, personas } from './account.ts'
import { accountPage, refusedRequestPage } from './account-page.ts'
import { parseAuthorizationRequest, requestError, untrustedParameter } from './authorization-request.ts'
import type { Network, NetworkKind } from './network.ts'
import { type Answer, redirect, type Visit, visitorLocale } from './web/index.ts'

/** The account set by the control server comes first, and replaces a persona with the same subject. */
function accountsOf({ state: { account } }: Network): readonly Account[] {
  return account ? [account, ...personas.filter(({ subject }) => subject !== account.subject)] : personas
}

/** The account chosen on the account page; undefined if the form is invalid or empty. */
function chosenAccount(network: Network, form: URLSearchParams): Account | undefined {
  const subject = form.get('subject')?.trim()
  if (form.get('choice') === 'account') return accountsOf(network).find((account) => account.subject === subject)
  if (form.get('choice') !== 'other' || !subject) return undefined
  return {
    subject,
    name: form.get('name')?.trim() || null,
    email: form.get('email')?.trim() || null,
    emailVerified: form.has('emailVerified'),
  }
}

/** Lets the visitor choose an account and sends them back with a code. Both kinds of network use it. */
export function authorizationEndpoint(kind: Pick<NetworkKind, 'kind' | 'name'>) {
  return (network: Network, { method, url, body, headers }: Visit): Answer => {
    const parameters = url.searchParams
    const locale = visitorLocale(parameters.get('ui_locales'), headers['accept-language'])

    const untrusted = untrustedParameter(parameters, network)
    if (untrusted) return refusedRequestPage({ locale, network: kind.name, parameter: untrusted })

    const sendBack = (response: Readonly<Record<string, string>>): Answer => {
      const target = new URL(parameters.get('redirect_uri') as string)
      const state = parameters.get('state')
      const answers = new URLSearchParams({ ...response, ...(state === null ? {} : { state }) })
      if (kind.kind === 'oidc') answers.set('iss', network.url)
      network.fault().authorizationResponse?.(answers)
      for (const [name, value] of answers) target.searchParams.set(name, value)
      return redirect(target.href)
    }
    const refusal = requestError(parameters, kind.kind)
    if (refusal) return sendBack(refusal)

    const form = new URLSearchParams(method === 'POST' ? body : '')
    if (form.get('choice') === 'cancel') return sendBack({ error: 'access_denied', error_description: 'cancelled' })
    const account = chosenAccount(network, form)
    if (account)
      return sendBack({ code: network.grants.issueCode({ ...parseAuthorizationRequest(parameters), account }) })
    return accountPage({
      locale,
      network: kind.name,
      accounts: accountsOf(network),
      loginHint: parameters.get('login_hint') ?? '',
      status: form.has('choice') ? 400 : 200,
    })
  }
}

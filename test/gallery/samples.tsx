import type { VNode } from 'preact'
import { MailboxPage } from '#development/mailbox.page.tsx'
import { DevelopmentStartPage } from '#development/start.page.tsx'
import { type Failure, failureTraits } from '#features/federation/failure.ts'
import { PortalsPage } from '#features/portal/portals.page.tsx'
import { PortalRefusedPage } from '#features/portal/refused.page.tsx'
import { ProfilePage } from '#features/profile/profile.page.tsx'
import { RecoveryDonePage } from '#features/recovery/done.page.tsx'
import { RecoveryLinkProblemPage } from '#features/recovery/link-problem.page.tsx'
import { claimedAddressEmail } from '#features/recovery/mails/claimed-address.email.tsx'
import { disabledAccountEmail } from '#features/recovery/mails/disabled-account.email.tsx'
import { firstPasswordEmail } from '#features/recovery/mails/first-password.email.tsx'
import { passwordChangedEmail } from '#features/recovery/mails/password-changed.email.tsx'
import { passwordDisabledEmail } from '#features/recovery/mails/password-disabled.email.tsx'
import { resetEmail } from '#features/recovery/mails/reset.email.tsx'
import { unknownAddressEmail } from '#features/recovery/mails/unknown-address.email.tsx'
import { ResetPage } from '#features/recovery/reset.page.tsx'
import { RecoverySentPage } from '#features/recovery/sent.page.tsx'
import { RecoveryStartPage } from '#features/recovery/start.page.tsx'
import { authenticators } from '#features/sign-in/authenticators.ts'
import { FailedNetworkPage } from '#features/sign-in/failed-network.page.tsx'
import { HelpPage } from '#features/sign-in/help/help.page.tsx'
import { LinkProofPage } from '#features/sign-in/link-proof.page.tsx'
import { SecondStepPage } from '#features/sign-in/second-step/second-step.page.tsx'
import { SignInPage } from '#features/sign-in/sign-in.page.tsx'
import { wayOf } from '#features/sign-in/testing/ways.ts'
import type { Way } from '#features/sign-in/ways/way.ts'
import { SignOutPage } from '#features/sign-out/sign-out.page.tsx'
import { SignedOutPage } from '#features/sign-out/signed-out.page.tsx'
import { alreadyRegisteredEmail } from '#features/sign-up/already-registered.email.tsx'
import { SignUpCompletePage } from '#features/sign-up/complete.page.tsx'
import { SignUpLinkProblemPage } from '#features/sign-up/link-problem.page.tsx'
import { SignUpSentPage } from '#features/sign-up/sent.page.tsx'
import { SignUpStartPage } from '#features/sign-up/start.page.tsx'
import { verifyEmail } from '#features/sign-up/verify.email.tsx'
import { StepUpPage } from '#features/step-up/step-up.page.tsx'
import type { Locale } from '#kernel/locale.ts'
import { ErrorPage } from '#ui/error.page.tsx'
import type { Mail } from '#ui/mail-layout.tsx'
import type { View } from '#ui/view.ts'

const at = Date.UTC(2026, 10, 22, 9, 42)
const google = { id: 'google', name: 'Google', logo: 'google' }
const x = { id: 'x', name: 'X (Twitter)', logo: 'x' }
const microsoft = { id: 'microsoft', name: 'Microsoft', logo: 'microsoft' }
const github = { id: 'github', name: 'GitHub', logo: 'github' }
const simGoogle = { id: 'sim-google', name: 'Google (simuliert)', logo: 'sim-google' }
const simX = { id: 'sim-x', name: 'X (simuliert)', logo: 'sim-x' }
const vk = { id: 'vk', name: 'VK', logo: 'vk' }

const works = (network: NonNullable<Way['network']>) => wayOf('network', { network })
const password = wayOf('password')
const link = wayOf('mailed-link')
const off = wayOf('network', { state: 'off', network: x })
const fine: Way[] = [password, link, { ...works(simGoogle), usedLast: true }, works(simX), off]
const mixed: Way[] = [
  password,
  link,
  wayOf('network', { state: 'down', reason: 'network-unreachable', since: at, network: google }),
  wayOf('network', { state: 'troubled', reason: 'network-slow', since: at, network: x }),
  { ...works(microsoft), usedLast: true },
  ...[github, simGoogle, simX, vk].map(works),
]

const failures = Object.keys(failureTraits) as Failure[]

const session = { createdAt: at, lastSeenAt: at, network: '203.0.113.0/24' }
const suggestion = 'Laterne-Moos-Kupfer-Segel'
const identifier = 'anna.beispiel@example.org'
const common = { identifier, continueTo: '/portals' }
const help = {
  guides: authenticators.flatMap(({ guide }) => guide ?? []),
  continueTo: '/portals',
  origin: 'https://einlass.example',
  at,
}

/** Every mail with sample props, by name. */
export function mails(locale: Locale): Record<string, Mail> {
  const letter = { locale, link: 'https://einlass.example/link/4mWw3Zt8Qd1xVbN5pLr0Ks7Hy2Gf9Jc6', hours: 24 }
  return {
    verify: verifyEmail(letter),
    'already-registered': alreadyRegisteredEmail(letter),
    reset: resetEmail(letter),
    'first-password': firstPasswordEmail({ ...letter, networks: ['Google'] }),
    'unknown-address': unknownAddressEmail(letter),
    'claimed-address': claimedAddressEmail({ ...letter, network: 'X' }),
    'disabled-account': disabledAccountEmail(letter),
    'password-changed': passwordChangedEmail({ ...letter, at }),
    'password-disabled': passwordDisabledEmail(letter),
  }
}

/** Every page with sample props, by name. */
export function pages(locale: Locale): Record<string, VNode> {
  const view: View = { locale, csrfToken: 'token', path: '/sign-in' }
  const toward: View = { ...view, portal: { name: 'Nordwind', colour: '#1F5FA8' } }
  const inside: View = { ...view, signedInAs: 'Anna Beispiel' }
  const failed = (failure: Failure) => (
    <FailedNetworkPage
      view={view}
      network={google}
      failure={failure}
      code={failure === 'refused' ? 'invalid_scope' : undefined}
      ways={mixed}
      continueTo="/"
      reference="7F3K-Q2"
    />
  )
  return {
    'sign-in': <SignInPage view={toward} identifier="" ways={fine} continueTo="/portals" />,
    'sign-in-mixed': <SignInPage view={view} {...common} ways={mixed} abandonedNetwork="Google" />,
    'sign-in-not-right': <SignInPage view={view} {...common} ways={fine} problem={{ code: 'sign-in.not-right' }} />,
    'sign-in-too-many': (
      <SignInPage view={view} {...common} ways={fine} problem={{ code: 'sign-in.too-many', retryAfter: 90 }} />
    ),
    'sign-in-field': (
      <SignInPage
        view={view}
        {...common}
        ways={fine}
        problem={{ code: 'sign-in.password-missing', field: 'password' }}
      />
    ),
    'sign-in-rescue': <SignInPage view={toward} {...common} ways={fine} rescue="social-only" />,
    ...Object.fromEntries(failures.map((failure) => [`failed-${failure}`, failed(failure)])),
    'link-proof': <LinkProofPage view={view} {...common} network={google} ways={fine} />,
    'second-step': <SecondStepPage view={toward} {...common} ways={[password, works(simGoogle)]} />,
    'signed-out': <SignedOutPage view={view} />,
    'sign-out': <SignOutPage view={inside} portalNames={['Nordwind', 'Südstern']} />,
    help: <HelpPage view={view} {...help} ways={mixed} waysOfEverybody={mixed} />,
    'help-way-back': (
      <HelpPage
        view={toward}
        {...help}
        ways={[...fine.slice(0, 3), { ...works(x), state: 'down', reason: 'unreachable-here', since: at }]}
        waysOfEverybody={fine.concat(works(x))}
        abandonedNetwork="X (Twitter)"
      />
    ),
    'help-no-networks': <HelpPage view={view} {...help} ways={[password, link]} waysOfEverybody={[]} />,
    cookies: <ErrorPage view={view} status={403} code="http.cookies-blocked" reference="7F3K-Q2" />,
    'sign-up-start': <SignUpStartPage view={toward} {...common} ways={fine} />,
    'sign-up-sent': (
      <SignUpSentPage view={view} identifier={identifier} mail={{ state: 'accepted', at }} resendAction="/sign-up" />
    ),
    'sign-up-refused': (
      <SignUpSentPage view={view} identifier={identifier} mail={{ state: 'refused', at }} resendAction="/sign-up" />
    ),
    'sign-up-complete': (
      <SignUpCompletePage
        view={view}
        {...common}
        token="t"
        suggestion={suggestion}
        minimumLength={15}
        problem={{ code: 'password.too-short', field: 'new_password', params: { minimum: 15 } }}
      />
    ),
    ...Object.fromEntries(
      (['used', 'expired', 'superseded', 'unknown'] as const).flatMap((why) => [
        [`sign-up-link-${why}`, <SignUpLinkProblemPage key={why} view={view} why={why} identifier={identifier} />],
        [`recovery-link-${why}`, <RecoveryLinkProblemPage key={why} view={view} why={why} />],
      ]),
    ),
    profile: (
      <ProfilePage
        view={inside}
        name="Anna Beispiel"
        ways={[password, link, works(simGoogle), { ...works(x), state: 'troubled', reason: 'network-slow', since: at }]}
        independentWays={2}
        identifiers={[
          { kind: 'email', value: identifier, proved: true, primary: true },
          { kind: 'phone', value: '+49 171 2345678', proved: false, primary: false },
        ]}
        networks={{
          linked: [
            { ...simGoogle, linkedAt: [at, at + 86_400_000], removable: true },
            { ...x, linkedAt: [at], removable: true },
          ],
          linkable: [works(simX), { ...works(github), state: 'down', reason: 'network-unreachable', since: at }],
        }}
        hasPassword
        sessions={[
          { ...session, id: '1', device: 'Firefox auf Windows', current: true },
          { ...session, id: '2', device: 'Safari auf iPhone', current: false },
        ]}
        notice="network-linked"
      />
    ),
    'profile-one-way': (
      <ProfilePage
        view={inside}
        name=""
        ways={[wayOf('password', { state: 'not-set-up', reason: 'no-password-set' }), works(simGoogle)]}
        independentWays={1}
        identifiers={[]}
        networks={{ linked: [{ ...simGoogle, linkedAt: [at], removable: false }], linkable: [works(simX)] }}
        hasPassword={false}
        sessions={[{ ...session, id: '1', device: '', current: true }]}
        problem={{ code: 'network-link.last-way' }}
      />
    ),
    'profile-network-down': (
      <ProfilePage
        view={inside}
        name="Anna Beispiel"
        ways={[password, works(simGoogle)]}
        independentWays={2}
        identifiers={[]}
        networks={{ linked: [], linkable: [{ ...works(simX), state: 'troubled', reason: 'just-failed' }] }}
        hasPassword
        sessions={[{ ...session, id: '1', device: '', current: true }]}
        failed={{ network: simX, failure: 'unreachable', reference: 'K7QF-3M2P' }}
      />
    ),
    'step-up': <StepUpPage view={inside} continueTo="/profile" ways={fine} identifier={identifier} />,
    'step-up-refused': (
      <StepUpPage
        view={inside}
        continueTo="/profile"
        ways={fine}
        identifier={identifier}
        failed={{ network: simGoogle, failure: 'refused', code: 'invalid_scope', reference: 'K7QF-3M2P' }}
      />
    ),
    portals: (
      <PortalsPage
        view={inside}
        name="Anna"
        portals={[
          { id: 'nordwind', name: 'Nordwind', colour: '#1F5FA8', url: '/' },
          { id: 'suedstern', name: 'Südstern', colour: '#F2B705', url: '/' },
          { id: 'plain', name: 'Kleingartenverein Abendsonne 1921 e. V.', url: '/' },
        ]}
      />
    ),
    'portals-empty': <PortalsPage view={inside} name="Anna" portals={[]} />,
    refused: <PortalRefusedPage view={inside} portalName="Nordwind" />,
    development: (
      <DevelopmentStartPage
        view={{ ...view, development: true }}
        url="http://localhost:8080"
        portals={[
          { name: 'Nordwind', url: 'http://localhost:8091' },
          { name: 'Südstern', url: 'http://localhost:8092' },
        ]}
        networks={[
          { id: 'sim-google', name: 'Google', url: 'http://localhost:8093' },
          { id: 'sim-x', name: 'X', url: 'http://localhost:8094' },
        ]}
      />
    ),
    mailbox: (
      <MailboxPage
        view={{ ...view, development: true }}
        messages={Object.values(mails(locale)).map((mail) => ({
          channel: 'email',
          to: identifier,
          sentAt: at,
          ...mail,
        }))}
      />
    ),
    'mailbox-empty': <MailboxPage view={{ ...view, development: true }} messages={[]} />,
    'recovery-start': <RecoveryStartPage view={view} {...common} />,
    'recovery-sent': <RecoverySentPage view={view} {...common} mail={{ state: 'accepted', at }} />,
    'recovery-reset': (
      <ResetPage view={view} {...common} token="t" purpose="reset" suggestion={suggestion} minimumLength={15} />
    ),
    'recovery-first': (
      <ResetPage
        view={view}
        {...common}
        token="t"
        purpose="first-password"
        suggestion={suggestion}
        minimumLength={15}
      />
    ),
    'recovery-done': <RecoveryDonePage view={view} />,
    ...Object.fromEntries(
      [400, 401, 403, 404, 409, 410, 429, 500, 503].map((status) => [
        `error-${status}`,
        <ErrorPage key={status} view={view} status={status} reference="7F3K-Q2" retryAfter={30} />,
      ]),
    ),
  }
}

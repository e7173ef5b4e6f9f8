import { startPath } from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { Button, ButtonLink, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { networkLinkMessages } from './messages.ts'

type Network = { id: string; name: string }

/** Where the mailed link leads. Opening it changes nothing; the form posts to the page's own address. */
export function ConfirmNetworkPage(props: { view: View; network: Network; token: string }) {
  const { view, token } = props
  const t = translator(networkLinkMessages, view.locale)
  const network = props.network.name
  return (
    <Layout view={view} title={t('confirm.title', { network })}>
      <p>{t('confirm.words', { network })}</p>
      <Form view={view} action={view.path} hidden={{ token }}>
        <Button>{t('confirm.submit', { network })}</Button>
      </Form>
      <p class="calls">
        <a href={paths.signIn}>{t('confirm.not-mine')}</a>
      </p>
    </Layout>
  )
}

/** Shown after the network was confirmed and works again. */
export function NetworkConfirmedPage(props: { view: View; network: Network; continueTo: string }) {
  const { view, continueTo } = props
  const t = translator(networkLinkMessages, view.locale)
  const network = props.network.name
  return (
    <Layout view={view} title={t('confirm.done.title', { network })}>
      <p>{t('confirm.done.words', { network })}</p>
      <Form view={view} action={startPath(props.network.id)} hidden={{ continue: continueTo }}>
        <Button>{t('confirm.done.submit', { network })}</Button>
      </Form>
    </Layout>
  )
}

/** Why a link does not work. The next sign-in through the network sends a new one. */
export function ConfirmProblemPage({ view, why }: { view: View; why: 'used' | 'expired' | 'superseded' | 'unknown' }) {
  const t = translator(networkLinkMessages, view.locale)
  return (
    <Layout view={view} title={t(`confirm.${why}.title`)}>
      <p>{t(`confirm.${why}.words`)}</p>
      <ButtonLink href={paths.signIn} kind="main">
        {t('confirm.sign-in')}
      </ButtonLink>
    </Layout>
  )
}

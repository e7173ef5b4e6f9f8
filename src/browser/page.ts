// The little that makes pages more comfortable; every page works without it.

/** Buttons that show what is typed into a password field. */
function showPasswords(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-show-password]')) {
    const field = document.getElementById(button.dataset.showPassword ?? '')
    if (!(field instanceof HTMLInputElement)) continue
    const show = button.textContent
    button.hidden = false
    button.addEventListener('click', () => {
      const shown = field.type === 'text'
      field.type = shown ? 'password' : 'text'
      button.textContent = shown ? show : (button.dataset.hideLabel ?? show)
      button.setAttribute('aria-pressed', String(!shown))
      field.focus()
    })
    // A password that is sent is hidden again: browsers keep what text fields held.
    field.form?.addEventListener('submit', () => {
      field.type = 'password'
    })
  }
}

const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  clock: { timeStyle: 'short' },
  day: { dateStyle: 'long' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
}

/** Times in the zone of whoever looks at them. */
function localTimes(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-style]')) {
    const options = styles[time.dataset.style ?? '']
    if (options)
      time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(time.dateTime))
  }
}

/** A second press on a button that is already sending does nothing. */
function sendOnce(): void {
  for (const form of document.forms) {
    let sent = false
    form.addEventListener('submit', (event) => {
      if (sent) event.preventDefault()
      sent = true
    })
    // Shown again from the back-forward cache, it can be sent again.
    addEventListener('pageshow', () => {
      sent = false
    })
  }
}

const answeredWithin = 2_500

/**
 * Looks whether the chosen network can be reached from here before leaving for it; the server then says what is the
 * matter, and which other ways there are. No network is asked that was not chosen.
 */
function lookBeforeLeaving(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-network]')) {
    const { form, dataset } = button
    form?.addEventListener('submit', async (event) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      const note = document.createElement('span')
      note.className = 'note'
      note.role = 'status'
      note.textContent = dataset.looking ?? ''
      button.querySelector('.words')?.append(note)
      if (!(await answers(dataset.network ?? ''))) {
        const found = document.createElement('input')
        Object.assign(found, { type: 'hidden', name: 'check', value: 'unreachable' })
        form.append(found)
      }
      form.submit()
    })
    // Shown again from the back-forward cache, as it was before.
    addEventListener('pageshow', () => {
      for (const left of form?.querySelectorAll('[name=check], [role=status]') ?? []) left.remove()
    })
  }
}

function answers(origin: string): Promise<boolean> {
  return new Promise((resolve) => {
    // Who sends us on to a place that our policy forbids is there. The browser says so just after it gives up.
    addEventListener('securitypolicyviolation', () => resolve(true), { once: true })
    const signal = AbortSignal.timeout(answeredWithin)
    fetch(`${origin}/favicon.ico`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal }).then(
      () => resolve(true),
      () => setTimeout(resolve, 100, false),
    )
  })
}

showPasswords()
localTimes()
sendOnce()
lookBeforeLeaving()

// Progressive enhancement: every page works without this script.
import { checkFromHere } from './parts/check.ts'
import { probeBeforeLeaving } from './parts/leave.ts'

/** Buttons that show or hide the typed password. */
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
    // Hide the password again before sending: browsers remember what text fields contained.
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

/** Shows times in the visitor's time zone. */
function localTimes(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-style]')) {
    const options = styles[time.dataset.style ?? '']
    if (options)
      time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(time.dateTime))
  }
}

/** Ignores a second click while a form is being sent. */
function sendOnce(): void {
  for (const form of document.forms) {
    let sent = false
    form.addEventListener('submit', (event) => {
      // Another handler sends it (parts/leave.ts).
      if (event.defaultPrevented) return
      if (sent) event.preventDefault()
      sent = true
    })
    // A page restored from the back-forward cache may send its form again.
    addEventListener('pageshow', () => {
      sent = false
    })
  }
}

/** A page that is the response to a POST gets a URL that can be opened with GET, so that reload and back work. */
function keepAddress(): void {
  const { address } = document.body.dataset
  if (address && address !== location.pathname + location.search) history.replaceState(history.state, '', address)
}

showPasswords()
localTimes()
keepAddress()
probeBeforeLeaving()
checkFromHere()
sendOnce()

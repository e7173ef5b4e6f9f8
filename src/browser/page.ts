// The little that makes pages more comfortable; every page works without it.
import { checkFromHere } from './parts/check.ts'
import { lookBeforeLeaving } from './parts/leave.ts'

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
      // Somebody else sends it.
      if (event.defaultPrevented) return
      if (sent) event.preventDefault()
      sent = true
    })
    // Shown again from the back-forward cache, it can be sent again.
    addEventListener('pageshow', () => {
      sent = false
    })
  }
}

/** A page that answers a form takes the address where it can be opened again, so that reloading and coming back work. */
function keepAddress(): void {
  const { address } = document.body.dataset
  if (address && address !== location.pathname + location.search) history.replaceState(history.state, '', address)
}

showPasswords()
localTimes()
keepAddress()
lookBeforeLeaving()
checkFromHere()
sendOnce()

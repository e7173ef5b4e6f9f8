import { probeNetwork } from './look.ts'

/** Milliseconds after which a network can be chosen again if the form's response did not arrive. */
const responseTimeout = 6_000

let activeForm: HTMLFormElement | undefined
let cancelProbe = () => {}
let hasLeft = false

/**
 * Probes the chosen network from this browser before leaving for it, and sends the result to the server, which explains
 * a failure and offers the other ways. Only the chosen network is probed.
 */
export function probeBeforeLeaving(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>(
    'form[action^="/sign-in/with/"], form[action$="/link"]',
  )) {
    form.addEventListener('submit', (event) => {
      const button = form.querySelector<HTMLButtonElement>('button[data-network]')
      if (!button) {
        hasLeft = true
        return
      }
      event.preventDefault()
      // If this browser lacks a feature, leave without a probe.
      if (activeForm !== form) probeAndLeave(form, button).catch(() => form.submit())
    })
  }
  // The person navigates elsewhere during the probe: do not send them to the network.
  addEventListener('beforeunload', () => cancelProbe())
  // Back from a network through the back-forward cache: reload, since only the server knows how the attempt ended.
  addEventListener('pageshow', (event) => {
    if (event.persisted && hasLeft) location.replace(location.pathname + location.search)
  })
}

async function probeAndLeave(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  cancelProbe()
  activeForm = form
  const { network = '', looking = '' } = button.dataset
  const place = form.parentElement ?? form
  place.querySelector('.offline')?.remove()
  const note = appendNote(button.querySelector('.words') ?? button, looking)
  const end = () => {
    note.remove()
    if (activeForm === form) activeForm = undefined
  }
  const stop = new AbortController()
  cancelProbe = () => {
    stop.abort()
    end()
  }
  const result = await probeNetwork(network, stop.signal)
  if (stop.signal.aborted) return
  cancelProbe = () => {}
  if (result === 'offline') {
    end()
    appendNote(place, form.closest<HTMLElement>('[data-offline]')?.dataset.offline ?? '', 'offline')
    return
  }
  const check = form.querySelector('[name=check]') ?? form.appendChild(document.createElement('input'))
  Object.assign(check, { type: 'hidden', name: 'check', value: result })
  hasLeft = true
  form.submit()
  setTimeout(end, responseTimeout)
}

/** A note that screen readers announce, since its text is set after it is in the page. */
function appendNote(place: Element, words: string, className = ''): HTMLElement {
  const note = document.createElement('span')
  note.className = `note ${className}`
  note.role = 'status'
  place.append(note)
  note.textContent = words
  return note
}

import { look } from './look.ts'

/** So long the page waits for the answer to its form; whoever stopped it may choose again after that. */
const answeredWithin = 6_000

let underWay: HTMLFormElement | undefined
let stopLooking = () => {}
let hasLeft = false

/**
 * Looks whether the chosen network can be reached from here before leaving for it; the server then says what is the
 * matter, and which other ways there are. No network is asked that was not chosen.
 */
export function lookBeforeLeaving(): void {
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
      // Whatever this browser cannot do: leaving must work.
      if (underWay !== form) lookAndLeave(form, button).catch(() => form.submit())
    })
  }
  // Somebody goes elsewhere while we look: they are not to be carried off.
  addEventListener('beforeunload', () => stopLooking())
  // Left for a network and brought back as it was: only the server knows what to say now.
  addEventListener('pageshow', (event) => {
    if (event.persisted && hasLeft) location.replace(location.pathname + location.search)
  })
}

async function lookAndLeave(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  stopLooking()
  underWay = form
  const { network = '', looking = '' } = button.dataset
  const place = form.parentElement ?? form
  place.querySelector('.offline')?.remove()
  const note = say(button.querySelector('.words') ?? button, looking)
  const end = () => {
    note.remove()
    if (underWay === form) underWay = undefined
  }
  const stop = new AbortController()
  stopLooking = () => {
    stop.abort()
    end()
  }
  const found = await look(network, stop.signal)
  if (stop.signal.aborted) return
  stopLooking = () => {}
  if (found === 'offline') {
    end()
    say(place, form.closest<HTMLElement>('[data-offline]')?.dataset.offline ?? '', 'offline')
    return
  }
  const check = form.querySelector('[name=check]') ?? form.appendChild(document.createElement('input'))
  Object.assign(check, { type: 'hidden', name: 'check', value: found })
  hasLeft = true
  form.submit()
  setTimeout(end, answeredWithin)
}

/** A note that is read out, too. */
function say(place: Element, words: string, also = ''): HTMLElement {
  const note = document.createElement('span')
  note.className = `note ${also}`
  note.role = 'status'
  place.append(note)
  note.textContent = words
  return note
}

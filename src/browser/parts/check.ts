import { type Found, look } from './look.ts'

/** Buttons that look whether a network can be reached from here, and say in words what they found. */
export function checkFromHere(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-check]')) {
    const result = document.getElementById(button.getAttribute('aria-controls') ?? '')
    const words = button.closest<HTMLElement>('[data-reachable]')?.dataset
    if (!result || !words) continue
    const known = button.parentElement?.querySelector<HTMLElement>('.works-word')
    let isLooking = false
    const say = (what: Found | 'looking') => {
      // One of the two would contradict the other.
      if (known) known.hidden = what === 'unreachable'
      result.className = `state note ${what}`
      result.textContent = (words[what] ?? '').replaceAll('{network}', button.dataset.name ?? '')
    }
    button.hidden = false
    button.addEventListener('click', async () => {
      if (isLooking) return
      isLooking = true
      say('looking')
      say(await look(button.dataset.check ?? '', new AbortController().signal))
      isLooking = false
    })
  }
}

import { type ProbeResult, probeNetwork } from './look.ts'

/** Buttons that check whether a network can be reached from this browser. */
export function checkFromHere(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-check]')) {
    const result = document.getElementById(button.getAttribute('aria-controls') ?? '')
    const words = button.closest<HTMLElement>('[data-reachable]')?.dataset
    if (!result || !words) continue
    const serverState = button.parentElement?.querySelector<HTMLElement>('.works-word')
    let isRunning = false
    const show = (state: ProbeResult | 'looking') => {
      // The server's "works" would contradict it.
      if (serverState) serverState.hidden = state === 'unreachable'
      result.className = `state note ${state}`
      result.textContent = (words[state] ?? '').replaceAll('{network}', button.dataset.name ?? '')
    }
    button.hidden = false
    button.addEventListener('click', async () => {
      if (isRunning) return
      isRunning = true
      show('looking')
      show(await probeNetwork(button.dataset.check ?? '', new AbortController().signal))
      isRunning = false
    })
  }
}

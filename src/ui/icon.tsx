export type Tone = 'info' | 'success' | 'troubled' | 'error'

const shapes = {
  info: (
    <>
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M10 9v5M10 5.6v.8" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </>
  ),
  success: (
    <>
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M6.5 10.3l2.4 2.4 4.6-5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </>
  ),
  troubled: (
    <>
      <path d="M10 2.5L18.3 17H1.7z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
      <path d="M10 7.8v4M10 14v.4" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </>
  ),
  error: (
    <>
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M7.2 7.2l5.6 5.6m0-5.6l-5.6 5.6" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </>
  ),
}

/** Each tone has a shape of its own, so that colour is never the only cue. */
export function Icon({ tone, size = 22 }: { tone: Tone; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      {shapes[tone]}
    </svg>
  )
}

// Drawn by us in one colour: a hint for the eye beside the written name, not the companies' artwork.
const glyphs: Readonly<Record<string, string>> = {
  google: 'M12 10.4v3.3h5.1a5.3 5.3 0 1 1-1.5-5.6l2.4-2.4A8.7 8.7 0 1 0 20.7 12c0-.6 0-1.1-.1-1.6z',
  x: 'M3.5 4h5l4 5.5L17.4 4h2.4l-6.3 7.1L20.8 20h-5l-4.4-6-5.3 6H3.7l6.6-7.5zM7 5.8l9.6 12.4h1.2L8.3 5.8z',
  microsoft: 'M4 4h7.5v7.5H4zM12.5 4H20v7.5h-7.5zM4 12.5h7.5V20H4zM12.5 12.5H20V20h-7.5z',
  github:
    'M5 3.6c1.4 0 3 .9 3.9 1.7a11 11 0 0 1 6.2 0c.9-.8 2.5-1.7 3.9-1.7.6 1.5.5 3 .2 3.9a6 6 0 0 1 1.3 3.9c0 4.3-3 6-8.5 6s-8.5-1.7-8.5-6c0-1.5.5-2.9 1.3-3.9C4.5 6.6 4.4 5.1 5 3.6zM8.6 10.3a1.3 1.7 0 1 0 0 3.4a1.3 1.7 0 1 0 0-3.4zM15.4 10.3a1.3 1.7 0 1 0 0 3.4a1.3 1.7 0 1 0 0-3.4zM9.5 18.4h5V21h-5z',
}

/** A glyph for a social network; unknown ones get their first letter. Simulated networks are dashed round. */
export function NetworkLogo({ name, logo }: { name: string; logo: string }) {
  const simulated = logo.startsWith('sim-')
  const glyph = glyphs[logo.replace(/^sim-/, '')]
  return (
    <svg
      width="26"
      height="26"
      viewBox={simulated ? '-5 -5 34 34' : '0 0 24 24'}
      aria-hidden="true"
      fill="currentColor"
    >
      {simulated && (
        <circle
          cx="12"
          cy="12"
          r="15.5"
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
          stroke-dasharray="3.2 2.9"
        />
      )}
      {glyph ? (
        <path fill-rule="evenodd" d={glyph} />
      ) : (
        <>
          <circle cx="12" cy="12" r="9.6" fill="none" stroke="currentColor" stroke-width="1.7" />
          <text x="12" y="16.3" text-anchor="middle" font-size="12" font-weight="600">
            {[...name][0]?.toUpperCase()}
          </text>
        </>
      )}
    </svg>
  )
}

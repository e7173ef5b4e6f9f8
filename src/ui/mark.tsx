// An open door seen from the front: a bright leaf in a darker frame. On a grid of 16 units, so that it is sharp at 16 px.
const frame = 'M2 16V2.5C2 1.7 2.7 1 3.5 1h9c.8 0 1.5.7 1.5 1.5V16z'
const opening = 'M4 16V3h8v13z'
const leaf = 'M4 3l5.5 1.3V16H4z'

/** The product's logo. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path fill="#0B6B53" d={frame} />
      <path fill="#04352A" d={opening} />
      <path fill="#A6EBD3" d={leaf} />
      <circle cx="8" cy="10.2" r=".8" fill="#0B6B53" />
    </svg>
  )
}

const icon =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0B6B53" d="${frame}"/>` +
  `<path fill="#04352A" d="${opening}"/><path fill="#A6EBD3" d="${leaf}"/>` +
  '<circle cx="8" cy="10.2" r=".8" fill="#0B6B53"/></svg>'

/** The logo as a favicon, inline to save a request. */
export const iconUrl = `data:image/svg+xml,${encodeURIComponent(icon).replace(/%20/g, ' ').replace(/%3D/g, '=').replace(/%2F/g, '/')}`

/** Shows the number of independent ways in as up to three doors. Missing ones are outlines. */
export function Doors({ open }: { open: number }) {
  return (
    <span class="doors" aria-hidden="true">
      {[0, 1, 2].map((index) => (
        <svg key={index} width="44" height="52" viewBox="0 0 16 19">
          {index < open ? (
            <>
              <path fill="currentColor" d="M2 18V3.5C2 2.7 2.7 2 3.5 2h9c.8 0 1.5.7 1.5 1.5V18z" />
              <path fill="#04352A" d="M4 18V4h8v14z" />
              <path fill="#CFF5E7" d="M4 4l5.5 1.3V18H4z" />
              <circle cx="8" cy="11.6" r=".8" fill="#0B6B53" />
            </>
          ) : (
            <path
              fill="none"
              stroke="var(--line)"
              stroke-width=".9"
              stroke-dasharray="1.8 1.4"
              d="M2.5 18V3.5c0-.6.4-1 1-1h9c.6 0 1 .4 1 1V18z"
            />
          )}
        </svg>
      ))}
    </span>
  )
}

/** A portal's logo, or its first letter on its colour. Colours are SVG attributes, since the CSP forbids inline styles. */
export function Tile(props: { name: string; colour?: string | undefined; logoUrl?: string | undefined; size: number }) {
  const { size } = props
  if (props.logoUrl) return <img src={props.logoUrl} alt="" width={size} height={size} />
  const colour = /^#[0-9a-f]{6}$/i.test(props.colour ?? '') ? (props.colour as string) : '#56605C'
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="7" fill={colour} />
      <text x="14" y="19.5" text-anchor="middle" font-size="15" font-weight="600" fill={letterColour(colour)}>
        {[...props.name][0]?.toUpperCase()}
      </text>
    </svg>
  )
}

function letterColour(background: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16))
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? '#1B2023' : '#FFFFFF'
}

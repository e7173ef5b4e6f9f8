import { createHash } from 'node:crypto'

const source = `
:root {
  color-scheme: light dark;
  --paper: #FAF9F6; --sheet: #FFFFFF; --ink: #1B2023; --soft: #565D5E; --line: #858B87; --hair: #E4E1D9;
  --main: #0B6B53; --main-hover: #095643; --on-main: #FFFFFF; --tint: #EAF4F0;
  --amber: #8A5A00; --on-amber: #FFF3D6; --brick: #A3261B; --on-brick: #FDECEA; --focus: #B25E00;
}
@media (prefers-color-scheme: dark) { :root {
  --paper: #14181A; --sheet: #1B2022; --ink: #ECEAE4; --soft: #B3B8B3; --line: #7C8582; --hair: #30373A;
  --main: #4FC3A1; --main-hover: #74D4B8; --on-main: #0A231C; --tint: #16302A;
  --amber: #F0C36A; --on-amber: #33280F; --brick: #FFA397; --on-brick: #3B1D1A; --focus: #FFC24D;
} }
*, ::before, ::after { box-sizing: border-box }
html { font: 106.25%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word; min-height: 100vh; display: flex; flex-direction: column }
h1, h2, h3, p, ul, ol { margin: 0; padding: 0 }
h1 { font-size: 1.65rem; line-height: 1.2; font-weight: 600; letter-spacing: -.01em; text-wrap: balance }
h2 { font-size: 1.12rem; line-height: 1.3; font-weight: 600 }
h3 { font-size: 1rem; font-weight: 600 }
b, strong { font-weight: 600 }
ul.plain, ol.plain { list-style: none }
a { color: var(--main); text-underline-offset: .18em; text-decoration-thickness: 1px }
a:hover { color: var(--main-hover); text-decoration-thickness: 2px }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 4px }
svg { flex: none; display: block }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip:focus { position: fixed; top: .5rem; left: .5rem; z-index: 1; width: auto; height: auto; clip-path: none; padding: .5rem 1rem; background: var(--sheet) }
.top, .foot, .room { width: 100%; max-width: 31rem; margin-inline: auto; padding-inline: 1.25rem }
.wide .top, .wide .foot, .wide .room { max-width: 46rem }
.card .button.full, .card .main, .card .net { width: fit-content; max-width: 100% }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .9rem; padding-block: 1.1rem .9rem }
.brand { display: flex; align-items: center; gap: .5rem; min-height: 3rem; color: var(--ink); font-weight: 600; text-decoration: none }
.toward { display: flex; align-items: center; gap: .6rem; padding-left: .9rem; border-left: 1px solid var(--line); line-height: 1.25 }
.toward img, .tile img { border-radius: 6px; object-fit: contain }
.nav { margin-left: auto; display: flex; flex-wrap: wrap; gap: 0 1rem }
.nav a, .foot a, .foot button, .calls a, .after { display: inline-flex; align-items: center; min-height: 3rem }
.room > aside { margin-top: 1.5rem }
.sheet { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem }
.foot { margin-top: auto; padding-block: 1.5rem; display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25rem; font-size: .9rem; color: var(--soft) }
.foot form, .row form { display: contents }
.foot button { border: 0; background: none; padding: 0; font: inherit; color: var(--main); text-decoration: underline; text-underline-offset: .18em; cursor: pointer }
.foot [aria-current] { color: var(--ink); font-weight: 600 }
.foot .push { margin-left: auto; display: flex; gap: 1rem; align-items: center }
@media (max-width: 26rem) { .toward { flex: 1 } .full-top .brand span { position: absolute; clip-path: inset(50%) } }
@media (min-width: 34rem) {
  .banner > div { grid-column: 2 }
  .sheet { padding: 2rem 2.25rem 2.25rem; background: var(--sheet); border: 1px solid var(--hair); border-radius: 12px }
  .top { padding-top: max(1.1rem, 5vh) }
  .wide .top { padding-top: 1.1rem }
}
@media (min-width: 64rem) {
  .two .room { max-width: 56rem; display: grid; grid-template-columns: minmax(0, 28.5rem) 1fr; gap: 1.5rem; align-items: start }
  .two .top, .two .foot { max-width: 56rem }
  .room > aside { margin: 0 }
}
.sheet > p, .calls, .body { max-width: 34rem }
.wide .calls { max-width: none }
.soft, .hint { color: var(--soft) }
.hint, .small { font-size: .9rem }
.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem }
.body > * + * { margin-top: .75rem }
.body li { margin: .4rem 0 0 1.2rem }
form.stack { gap: 1.1rem }
.after { margin-block: -.6rem; justify-self: start }
.field { display: grid; gap: .3rem }
label { font-weight: 600 }
input { width: 100%; min-height: 3rem; padding: .6rem .85rem; font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px }
input:focus-visible { outline-offset: 1px; border-radius: 12px }
input[aria-invalid] { border: 2px solid var(--brick) }
input[readonly] { border-style: dashed; color: var(--soft) }
.fault { display: flex; gap: .45rem; color: var(--brick); font-weight: 600; font-size: .95rem }
.fault svg { margin-top: .2em }
.button { display: inline-flex; align-items: center; justify-content: center; gap: .6rem; min-height: 3rem; padding: .6rem 1.25rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; border: 1px solid transparent; border-radius: 12px; cursor: pointer }
.button:focus-visible { border-radius: 12px }
.button[hidden], .show[hidden] { display: none }
.secret { position: relative }
.show { position: absolute; top: -.75rem; right: 0; min-height: 3rem; padding: 0 .25rem; border: 0; background: none; color: var(--main); font: inherit; font-size: .95rem; text-decoration: underline; text-underline-offset: .18em; cursor: pointer }
.main { background: var(--main); color: var(--on-main); width: 100% }
.main:hover { background: var(--main-hover); color: var(--on-main) }
.quiet { background: var(--sheet); color: var(--ink); border-color: var(--line) }
.quiet:hover { border-color: var(--main); color: var(--main) }
.harm { color: var(--brick) }
.full { width: 100% }
.net { justify-content: flex-start; width: 100%; text-align: left; padding-inline: 1rem; line-height: 1.3 }
.net .words { flex: 1; min-width: 0; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .15rem .6rem }
.net .note { flex-basis: 100%; font-weight: 400; font-size: .88rem; color: var(--soft) }
.note { display: block }
.state { display: flex; align-items: baseline; gap: .35rem }
.state svg { align-self: flex-start; margin-top: .25em }
.net .troubled, .troubled-word { color: var(--amber) }
.net .down, .down-word, .locked-word { color: var(--brick) }
.works-word svg { color: var(--main) }
.guide > .button { justify-self: start }
.row:has(> .check) { row-gap: 0 }
.check { display: grid; justify-items: start; padding-left: calc(26px + 1rem); font-size: .95rem }
.check .linked { min-height: 3rem; padding: 0; border: 0; background: none; font: inherit; font-size: .95rem; color: var(--main); text-decoration: underline; text-underline-offset: .18em; cursor: pointer }
.check [hidden], .paper { display: none }
.check .note { color: var(--soft); padding-bottom: .6rem }
.check .reachable { color: var(--main) }
.check .unreachable { color: var(--brick) }
.offline { margin-top: .4rem; font-size: .9rem; color: var(--amber) }
.mark { font-size: .82rem; font-weight: 600; padding: .1rem .55rem; border-radius: 1rem; background: var(--tint); color: var(--ink); white-space: nowrap }
.banner { display: grid; grid-template-columns: auto 1fr; gap: .15rem .6rem; padding: .9rem 1.1rem; border-radius: 12px; background: var(--tint); color: var(--ink) }
.banner > svg { margin-top: .1em; color: var(--main) }
.banner > div { grid-column: 1 / -1; min-width: 0 }
.banner.troubled { background: var(--on-amber) }
.banner.troubled > svg, .banner.troubled > b { color: var(--amber) }
.banner.error { background: var(--on-brick) }
.banner.error > svg, .banner.error > b { color: var(--brick) }
.rule { text-align: center; display: flex; align-items: center; gap: .9rem; font-size: .95rem; font-weight: 400; color: var(--soft) }
.rule::before, .rule::after { content: ""; flex: 1; height: 1px; background: var(--hair) }
.calls { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.25rem; border-top: 1px solid var(--hair); padding-top: .4rem; margin-bottom: -.9rem }
details { margin-block: -.4rem }
details > summary { display: flex; align-items: center; gap: .5rem; min-height: 3rem; cursor: pointer; color: var(--main); font-weight: 600; list-style: none }
summary::-webkit-details-marker { display: none }
summary::before { content: ""; width: .5em; height: .5em; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg) }
details[open] > summary::before { transform: rotate(45deg) }
details[open] > :nth-child(2) { margin-top: .5rem }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding-block: .8rem; border-top: 1px solid var(--hair) }
.row > a { overflow-wrap: anywhere }
.row > .grow { flex: 1 1 14rem; min-width: 0 }
.row > .short { flex-basis: 7rem }
.row:first-child { border-top: 0; padding-top: 0 }
.card { display: grid; gap: .9rem; padding-top: 1.5rem; border-top: 1px solid var(--hair) }
.undo { display: contents }
.undo > summary { color: var(--brick) }
.undo > form { flex-basis: 100% }
.undo:not([open]) > form { display: none }
.row > .full { flex-basis: 100% }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .9rem }
.tile { justify-content: flex-start; width: 100%; padding: 1rem; text-align: left; gap: 1rem }
.code { font: 1.05rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; padding: .6rem .85rem; background: var(--tint); border-radius: 12px; user-select: all }
.reference { font-size: .85rem; color: var(--soft) }
.doors { display: flex; align-items: flex-end; gap: .6rem; color: var(--main) }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .95rem/1.5 ui-monospace, Menlo, Consolas, monospace }
body:has(.console) { .top, .foot, .room { max-width: 76rem } }
.console { margin: 0; border-bottom: 1px solid var(--hair) }
.scroll { overflow-x: auto; max-width: 100% }
table { border-collapse: collapse; font-size: .95rem; line-height: 1.35; font-variant-numeric: tabular-nums }
th, td { padding: .55rem 1.1rem .55rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--hair) }
th { font-weight: 600 }
thead th { border: 0; color: var(--soft); font-size: .88rem; white-space: nowrap }
td { min-width: 7rem }
td:last-child { min-width: 9rem }
.scroll time { white-space: nowrap }
.named { display: flex; align-items: center; gap: .5rem; min-height: 2rem }
.chart { width: 100%; height: 9rem; background: linear-gradient(var(--hair), var(--hair)) bottom / 100% 1px no-repeat }
.chart.small { width: 11rem; height: 2.4rem }
.legend .chart { width: .8em; height: .8em }
.chart .fine { fill: var(--main) }
.chart .aside { fill: var(--line) }
.chart .troubled { fill: var(--amber) }
.chart .down { fill: var(--brick) }
.chart .band { opacity: .16 }
.axis, .legend, .spans { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .85rem; color: var(--soft) }
.axis { justify-content: space-between }
@media (max-width: 34rem) { .axis time:nth-child(even) { display: none } }
.legend { margin-top: .6rem }
.legend li { display: flex; align-items: center; gap: .4rem }
.spans a { display: inline-flex; align-items: center; min-height: 3rem; font-size: .95rem }
.spans [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none }
.narrow { max-width: 26rem }
select { width: 100%; min-height: 3rem; padding: .6rem .85rem; font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px }
@media (forced-colors: active) { .button, .banner { border: 1px solid } }
@media print {
  body { background: none }
  .top, .foot, .guide .button, .guide form, .check .linked, .check .note, .guide > a, a[href^="#"] { display: none }
  .sheet { border: 0; padding: 0 }
  .paper { display: block; font-weight: 600 }
  .guide { break-inside: avoid }
  details::details-content { content-visibility: visible; block-size: auto }
  summary { display: none }
  a.button::after { content: " " attr(href) }
}
`

/** The complete stylesheet. Inlined into every page, so that one request is enough. */
export const styles = source
  .replace(/\s+/g, ' ')
  .replace(/ ?([{};,>]) ?/g, '$1')
  .replace(/: /g, ':')
  .replace(/;\}/g, '}')
  .trim()

/** For the Content-Security-Policy: `style-src 'sha256-…'`. */
export const styleHash = createHash('sha256').update(styles).digest('base64')

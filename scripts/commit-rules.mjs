// The rules for commit messages, for the hook and for `npm run check`. Plain JavaScript that Node 20 understands.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const longest = 72
const types = ['feat', 'fix', 'docs', 'refactor', 'test', 'build', 'perf', 'chore']
const prefix = new RegExp(`^(${types.join('|')})(\\([a-z0-9-]+\\))?: \\S`)
const trailer = /^(signed-off-by|co-authored-by): /i

/** What is wrong with a commit message. As in git, the subject is the first paragraph and the body is the rest. */
export function messageFaults(message) {
  const [first = '', ...others] = message.trim().split(/\n\s*\n/)
  const subject = first.replaceAll('\n', ' ')
  const body = others.flatMap((paragraph) => paragraph.split('\n')).filter((line) => !trailer.test(line))
  const length = [...subject].length
  return [
    ...(length > longest ? [`the subject has ${length} characters; ${longest} are allowed`] : []),
    ...(prefix.test(subject)
      ? []
      : [`the subject must begin with one of ${types.join(', ')}, as in "fix(recovery): …"`]),
    ...(subject.endsWith('.') ? ['the subject must not end with a period'] : []),
    ...(/^fix\b/.test(subject) && body.length === 0 ? ['a fix needs a body that says what was wrong'] : []),
  ]
}

/**
 * What is wrong with the messages since the last change of the package's version; earlier ones are released. Checks
 * only the history that is there: an export has none, and a shallow clone has only a part.
 */
export function historyFaults(project) {
  if (!existsSync(join(project, '.git'))) return []
  const versionChange = git(project, ['log', '-1', '--format=%H', '-G^  "version":', '--', 'package.json'])?.trim()
  if (!versionChange) return []
  const commits = git(project, ['log', '-z', '--no-merges', '--format=%h%n%B', `${versionChange}..HEAD`]) ?? ''
  return commits
    .split('\0')
    .filter((commit) => commit !== '')
    .flatMap((commit) => {
      const [hash, ...lines] = commit.split('\n')
      return messageFaults(lines.join('\n')).map((fault) => `${hash} ${lines[0]}\n  ${fault}`)
    })
}

/** The message as git will store it, without comments and without the diff of `git commit --verbose`. */
export function withoutComments(project, text) {
  const [message = ''] = text.split(/^# -+ >8 -+$/m)
  return git(project, ['stripspace', '--strip-comments'], message) ?? message
}

/** The output of git; undefined if it fails or is not installed. */
function git(project, args, input) {
  const { status, stdout } = spawnSync('git', args, { cwd: project, encoding: 'utf8', input })
  return status === 0 ? stdout : undefined
}

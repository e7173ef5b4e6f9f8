// The rules for commit messages, for the hook and for `npm run check`. Plain JavaScript that Node 20 understands.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const longest = 72
const types = ['feat', 'fix', 'docs', 'refactor', 'test', 'build', 'perf', 'chore']
const prefix = new RegExp(`^(${types.join('|')})(\\([a-z0-9-]+\\))?: \\S`)
const trailer = /^(signed-off-by|co-authored-by): /i

/** What is wrong with a commit message. Subject and body are what git takes for them: paragraphs. */
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
 * What is wrong with the messages since the last commit that changed the version of the package: earlier ones are
 * released. An export has no history, and a shallow clone only its newest part; what is not there is not checked.
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

/** The message that git will store: without its comments, and without the diff that `git commit --verbose` appends. */
export function withoutComments(project, text) {
  const [message = ''] = text.split(/^# -+ >8 -+$/m)
  return git(project, ['stripspace', '--strip-comments'], message) ?? message
}

/** The output of git, or undefined if it failed or is not installed. */
function git(project, args, input) {
  const { status, stdout } = spawnSync('git', args, { cwd: project, encoding: 'utf8', input })
  return status === 0 ? stdout : undefined
}

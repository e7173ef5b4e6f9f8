/** Every public address, without parameters. Pages, routes and mails name none by hand. */
export const paths = {
  recover: '/recover',
  sessionCheck: '/api/session',
  signIn: '/sign-in',
  signOut: '/sign-out',
} as const

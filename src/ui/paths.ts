/** Every public address, without parameters. Pages, routes and mails name none by hand. */
export const paths = {
  portals: '/portals',
  console: '/admin',
  recover: '/recover',
  sessionCheck: '/api/session',
  secondStep: '/sign-in/second-step',
  signIn: '/sign-in',
  signOut: '/sign-out',
} as const

export const profilePath = '/profile'
export const stepUpPath = '/profile/confirm'

export const stepUpPath = '/profile/confirm'

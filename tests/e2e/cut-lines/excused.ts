/** Actions that no walk asks for over a cut line, each with why: nobody presses anything for them. */
export const excused: Readonly<Record<string, string>> = {
  'files.findKeptPhoto': 'nobody asks for it: without an answer the photo is sent',
  'notifications.readUserNoticesAbout': 'nobody asks for it: seen again, it is read again',
  'notifications.readVendorNoticesAbout': 'nobody asks for it: seen again, it is read again',
  'sharing.countLinkView': 'nobody asks for it: a view more or less in a figure',
};

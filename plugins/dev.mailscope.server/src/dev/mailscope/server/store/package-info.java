/**
 * Accounts and mail in a folder on the disk: what was answered OK is there after a crash at any instant, and what was
 * deleted is not. {@link dev.mailscope.server.store.DurableStore} is the whole of it.
 */
package dev.mailscope.server.store;

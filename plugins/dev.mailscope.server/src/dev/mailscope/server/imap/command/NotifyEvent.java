package dev.mailscope.server.imap.command;

/** What a client asks to be told of by NOTIFY (RFC 5465 section 5, "event"). */
public sealed interface NotifyEvent {
    /** The events of the RFC, whether the server knows how to tell them or not. */
    enum Named implements NotifyEvent {
        /** A message has come (section 5.2). */
        MESSAGE_NEW("MessageNew", true),
        /** A message is gone (section 5.3). */
        MESSAGE_EXPUNGE("MessageExpunge", true),
        /** A message has other flags (section 5.1). */
        FLAG_CHANGE("FlagChange", true),
        /** A message has other annotations (section 5.1). */
        ANNOTATION_CHANGE("AnnotationChange", true),
        /** A folder has been created, deleted or renamed (section 5.4). */
        MAILBOX_NAME("MailboxName", false),
        /** A name is subscribed, or no longer so (section 5.5). */
        SUBSCRIPTION_CHANGE("SubscriptionChange", false),
        /** A folder has other metadata (section 5.6). */
        MAILBOX_METADATA_CHANGE("MailboxMetadataChange", false),
        /** The server has other metadata (section 5.7). */
        SERVER_METADATA_CHANGE("ServerMetadataChange", false);

        private final String wireName;
        private final boolean ofMessage;

        Named(String wireName, boolean ofMessage) {
            this.wireName = wireName;
            this.ofMessage = ofMessage;
        }

        @Override
        public String wireName() {
            return wireName;
        }

        /** True for the events of messages, the only ones there are of the open folder (section 6.1). */
        public boolean isOfMessage() {
            return ofMessage;
        }
    }

    /** An event of an extension to the RFC, by its name in capitals. */
    record Other(String wireName) implements NotifyEvent {
    }

    /** As a command writes it. */
    String wireName();
}

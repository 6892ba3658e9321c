import type { HomeView, KnownBlock, MessageMetadata, ModalView } from "@slack/types";

/** What is posted as a message: @slack/types knows its blocks; text is required by our own rule. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
  metadata?: MessageMetadata;
}

export interface Outgoing {
  message: Message;
  modal: ModalView;
  home: HomeView;
}

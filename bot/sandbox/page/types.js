/**
 * Shapes that travel between the modules of this page. They are those of the Bot API, as the sandbox's own
 * API (docs/sandbox.md) hands them out; only the fields that the page reads are named.
 *
 * @typedef {{id: number, username?: string, first_name: string}} Bot
 * @typedef {{id: number, first_name: string, last_name?: string, username?: string,
 *            language_code?: string, blocked: number[]}} Person
 * @typedef {{message_thread_id: number, name: string}} Topic
 * @typedef {{id: number, type: "private"|"group"|"supergroup", title?: string, first_name?: string,
 *            members?: number[], bots?: number[], is_forum?: boolean, topics?: Topic[]}} Chat
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string,
 *            user?: User}} Entity
 * @typedef {{id: number, is_bot?: boolean, first_name: string, last_name?: string, username?: string}} User
 * @typedef {{text: string, callback_data?: string, url?: string, style?: string,
 *            switch_inline_query?: string, switch_inline_query_current_chat?: string,
 *            copy_text?: {text: string}, login_url?: {url: string}}} InlineButton
 * @typedef {{text: string, request_contact?: boolean, request_location?: boolean, style?: string}} ReplyButton
 * @typedef {{keyboard?: (ReplyButton|string)[][], one_time_keyboard?: boolean, resize_keyboard?: boolean,
 *            input_field_placeholder?: string, force_reply?: boolean}} ReplyKeyboard
 * @typedef {{message_id: number, date: number, edit_date?: number, chat: Chat, from?: User, text?: string,
 *            entities?: Entity[], caption?: string, caption_entities?: Entity[], media_group_id?: string,
 *            message_thread_id?: number, is_topic_message?: boolean, reply_to_message?: Message,
 *            reply_markup?: {inline_keyboard?: InlineButton[][]}, deleted?: boolean,
 *            [field: string]: any}} Message
 * @typedef {{user_id: number, reaction: {emoji?: string}[]}} Reaction
 * @typedef {{command: string, description: string}} Command
 * @typedef {{commands: Command[], description: string, shortDescription: string}} BotProfile
 */

export {};

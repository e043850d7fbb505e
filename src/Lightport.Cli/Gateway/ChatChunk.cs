namespace Lightport.Cli.Gateway;

/// <summary>
/// One event of a streamed answer on OpenAI's wire (https://platform.openai.com/docs/api-reference/chat-streaming).
/// </summary>
internal sealed record ChatChunk(IReadOnlyList<ChatChoice>? Choices, ChatUsage? Usage, GatewayErrorBody? Error);

internal sealed record ChatChoice(ChatDelta? Delta, string? FinishReason);

internal sealed record ChatDelta(string? Content, string? ReasoningContent, string? Refusal);

internal sealed record ChatUsage(long PromptTokens, long CompletionTokens);

using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>What the encoder of a request's answer must know beside the answer.</summary>
public sealed record AnswerContext
{
    /// <summary>The gateway's id of the request; the seed of the answer's id where the provider gave none.</summary>
    public required string RequestId { get; init; }

    /// <summary>The model as the client asked for it: named where the provider named none.</summary>
    public required string Model { get; init; }

    /// <summary>Seconds since 1970-01-01T00:00:00Z, for answers that carry no time of their own.</summary>
    public required long Created { get; init; }

    /// <summary>Tells when an answer was complete, to dialects that say so.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The request's size in tokens, guessed, for answers whose provider tells no usage.</summary>
    public long EstimatedPromptTokens { get; init; }

    /// <summary>The answer goes in pieces.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether the client asked a stream to end in usage.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>
    /// The client knows one call an answer, of a function (chat's <c>function_call</c> of old).
    /// </summary>
    public bool FunctionCall { get; init; }

    /// <summary>There is a place where the answer can be kept for its client.</summary>
    public bool CanKeep { get; init; }

    /// <summary>There is a place, and the conversation is too long for it.</summary>
    public bool IsTooLongToKeep { get; init; }

    /// <summary>The client may see thinking only by its signature (Anthropic's <c>display: omitted</c>).</summary>
    public bool OmitReasoning { get; init; }

    /// <summary>Seals the ids of the gateway's runs; null where there are none to tell.</summary>
    internal IdSeal? Seal { get; init; }

    /// <summary>Takes down what of the answer this client's dialect cannot say.</summary>
    public AnswerLosses Losses { get; init; } = new();

    /// <summary>The same with what a conversation says of its answer.</summary>
    public AnswerContext For(ChatRequest request) => this with
    {
        IncludeUsage = request.IncludeUsage,
        FunctionCall = request.FunctionsOnly,
        OmitReasoning = request.Options.Reasoning?.Display == "omitted",
    };
}

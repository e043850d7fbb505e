namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>How one answer is passed through.</summary>
internal sealed record OpenAIChatPassing
{
    /// <summary>The provider keeps the dialect's laws to the letter, so its bytes are not touched.</summary>
    public bool Exact { get; init; }

    /// <summary>The client reads chunks.</summary>
    public bool Stream { get; init; }

    /// <summary>The client asked for usage at the stream's end.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>The provider understands the request for usage at the stream's end.</summary>
    public bool CanIncludeUsage { get; init; } = true;

    /// <summary>What to say in an answer that the provider left without id, model or time.</summary>
    public required AnswerContext Response { get; init; }
}

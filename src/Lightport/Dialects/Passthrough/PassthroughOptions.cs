namespace Lightport.Dialects.Passthrough;

/// <summary>How one exchange is passed through.</summary>
public sealed record PassthroughOptions
{
    /// <summary>The provider keeps the dialect's laws to the letter, so its bytes are not touched.</summary>
    public bool Exact { get; init; }

    public bool Stream { get; init; }

    /// <summary>The client asked for usage at the stream's end.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>The provider understands the request for usage at the stream's end.</summary>
    public bool CanIncludeUsage { get; init; } = true;

    /// <summary>Takes what is left out of the request; null where no request is sent.</summary>
    public LossLedger? Losses { get; init; }

    /// <summary>
    /// The field that this provider takes earlier reasoning in (<c>reasoning_content</c>); null where it knows none.
    /// </summary>
    public string? ReasoningField { get; init; }

    /// <summary>What to say in an answer that the provider left without id, model or time.</summary>
    public required ResponseContext Response { get; init; }
}

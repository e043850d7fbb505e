namespace Lightport.Dialects;

/// <summary>Who a request is being written for, and what came up while writing it.</summary>
public sealed class EncodingContext
{
    public static EncodingContext Of(CallContext call) => new()
    {
        Model = call.Model,
        Account = call.Account,
        Traits = call.Traits,
        Losses = call.Losses,
        Exact = call.Exact,
        CancellationToken = call.CancellationToken,
    };

    /// <summary>The model's name as the provider knows it.</summary>
    public required string Model { get; init; }

    /// <summary>The provider's name in the configuration; null where nobody needs to know.</summary>
    public string? Account { get; init; }

    public TargetTraits Traits { get; init; } = TargetTraits.Default;

    public required LossLedger Losses { get; init; }

    /// <summary>The provider is the vendor of the dialect, with all that it knows and all that it refuses.</summary>
    internal bool Exact { get; init; }

    /// <summary>The tools' names as the target takes them.</summary>
    public ToolNames ToolNames { get; set; } = ToolNames.Unchanged;

    /// <summary>What of this request is to be undone in its answer.</summary>
    public AnswerRestoration Restoration { get; set; } = AnswerRestoration.Nothing;

    /// <summary>Ends the writing of a long request when its client has gone.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Headers that the body written needs (<c>anthropic-version</c>).</summary>
    public Dictionary<string, string> Headers { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

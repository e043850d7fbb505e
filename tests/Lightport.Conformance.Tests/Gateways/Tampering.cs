using System.Text.Json.Nodes;
using Lightport.Conformance.Upstreams;

namespace Lightport.Conformance.Tests.Gateways;

/// <summary>What a gateway does wrong; nothing at all unless it says so.</summary>
internal sealed record Tampering
{
    public static readonly Tampering None = new();

    /// <summary>Changes what the client says before the provider hears it.</summary>
    public Action<JsonObject>? Request { get; init; }

    /// <summary>Changes what the provider answers before the client reads it, in no dialect's words.</summary>
    public Func<Reply, Reply>? Reply { get; init; }

    /// <summary>Changes the body of a whole answer.</summary>
    public Action<JsonObject>? Body { get; init; }

    /// <summary>Changes the frames of the first streamed answer.</summary>
    public Func<IReadOnlyList<byte[]>, IEnumerable<byte[]>>? Frames { get; init; }

    /// <summary>The status of an error.</summary>
    public int? ErrorStatus { get; init; }

    /// <summary>What an error says in the provider's place.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The dialect in which errors are told; the client's own unless it is said.</summary>
    public UpstreamScript? ErrorDialect { get; init; }

    public bool LosesRetryAfter { get; init; }

    /// <summary>Ends an answer that broke off as if it were whole.</summary>
    public bool EndsWhatBroke { get; init; }

    /// <summary>Ends an answer that broke off without a word, its connection in order.</summary>
    public bool FallsSilent { get; init; }
}

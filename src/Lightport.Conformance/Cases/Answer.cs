using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Conformance.Cases;

/// <summary>What the scripted provider answers, in no dialect's words.</summary>
internal sealed record Answer
{
    public string? Reasoning { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<Call> Calls { get; init; } = [];

    public IReadOnlyList<Citation> Citations { get; init; } = [];

    public Ending Ending { get; init; }

    /// <summary>The string that the model stopped at.</summary>
    public string? StopSequence { get; init; }

    public Fault Fault { get; init; }

    public Usage Usage { get; init; } = new(Prompt: 120, Cached: 20, Output: 30, Reasoning: 10);
}

/// <summary>A call that the model makes.</summary>
internal sealed record Call(string Name, JsonObject Arguments)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonSerializerOptions.Default.TypeInfoResolver,
    };

    /// <summary>The arguments as models write them, letters beyond ASCII as they are.</summary>
    public string Json => Arguments.ToJsonString(Readable);
}

/// <summary>A page that the model cites.</summary>
internal sealed record Citation(string Url, string Title);

/// <summary>Tokens as the widest wire counts them: the prompt has the cached, the output the reasoning.</summary>
/// <param name="Prompt">All input.</param>
/// <param name="Cached">Of the input, read from a cache; null where the wire has no word for it.</param>
/// <param name="Output">All output.</param>
/// <param name="Reasoning">Of the output, thought; null where the wire has no word for it.</param>
internal sealed record Usage(long Prompt, long? Cached, long Output, long? Reasoning);

/// <summary>Why an answer ended.</summary>
internal enum Ending
{
    Stop,
    Calls,
    Length,
    StopSequence,
    ContentFilter,
    Refusal,
}

/// <summary>What goes wrong with an answer.</summary>
internal enum Fault
{
    None,

    /// <summary>An error with a status, before anything else.</summary>
    ErrorBefore,

    /// <summary>An error inside a 200: in place of the body, or after the stream's first words.</summary>
    ErrorInside,

    /// <summary>The connection breaks in the middle.</summary>
    Cut,

    /// <summary>The provider falls silent until it is given up.</summary>
    Held,
}

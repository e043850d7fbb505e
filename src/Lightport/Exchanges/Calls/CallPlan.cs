using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Transport.Framing;
using Lightport.Transport.Signing;
using Lightport.Transport.Tokens;

namespace Lightport.Exchanges;

/// <summary>
/// How a target is asked for one operation by clients of one dialect: all that does not change from request to request.
/// </summary>
internal sealed record CallPlan
{
    /// <summary><c>provider/model</c>, for errors.</summary>
    public required string TargetName { get; init; }

    /// <summary>Who is asked, with the account where it has several.</summary>
    public required ConfiguredProvider Provider { get; init; }

    /// <summary>What the provider is told, and in which dialect.</summary>
    public required DialectOperation Asked { get; init; }

    /// <summary>Client and provider speak the same dialect: bytes may pass.</summary>
    public required bool PassesThrough { get; init; }

    public required Uri Address { get; init; }

    /// <summary>Where streamed calls go.</summary>
    public required Uri StreamAddress { get; init; }

    /// <summary>How a streamed answer is cut here; null where it is as the dialect has it.</summary>
    public required Framing? Framing { get; init; }

    /// <summary>Keeps the dialect's laws to the letter, so that its answers pass byte for byte.</summary>
    public required bool Exact { get; init; }

    /// <summary>Sent with every call.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The client's headers that are handed on where bytes pass.</summary>
    public required IReadOnlyList<string> ForwardHeaders { get; init; }

    /// <summary>Shows the key; null where the provider wants none.</summary>
    public required IRequestSigner? Signer { get; init; }

    /// <summary>What the signer shows the key for.</summary>
    public required string SigningScope { get; init; }

    /// <summary>What the key is exchanged for; null where it is shown as it is.</summary>
    public required TokenScheme? Token { get; init; }

    /// <summary>The endpoint's rules, then the model's.</summary>
    public required ParameterRules Rules { get; init; }

    public required TargetTraits Traits { get; init; }

    /// <summary>The model's name as the server knows it.</summary>
    public required string Model { get; init; }

    /// <summary>The same as JSON text.</summary>
    public required byte[] ModelJson { get; init; }

    /// <summary>Fields that the target always gets, as JSON text.</summary>
    public required IReadOnlyList<KeyValuePair<string, byte[]>> Overrides { get; init; }

    /// <summary>
    /// Whether what made a state is what is asked here: Claude's signatures are good wherever Claude is served, all
    /// other states are read by their account and their model alone. A server that takes any detail of reasoning knows
    /// whose it is.
    /// </summary>
    public bool Reads(OpaqueState state) => true switch
    {
        _ when Traits.ReasoningField == "reasoning_details" => true,
        _ when !Asked.Reads.Contains(state.Format)
            && !(state.Format == StateFormats.Gemini && Traits.ReasoningField == "extra_content") => false,
        _ when state.Format == StateFormats.Anthropic => true,
        _ => (state.Account is null || Provider.IsMaker(state.Account)) && (state.Model ?? Model) == Model,
    };

    public static byte[] ToJson(string text) =>
        JsonSerializer.SerializeToUtf8Bytes(text, ExchangeJsonContext.Default.String);
}

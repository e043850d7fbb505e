using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Lightport.Conversation;
using Lightport.Providers;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// The most tokens of an answer, set by the gateway where the client says nothing of it: as if the client had said it,
/// so that whatever a provider's rules make of that field, they make of this.
/// </summary>
/// <param name="field">Where the client's dialect says it.</param>
internal sealed class OutputSetting(ParameterPath field, long most)
{
    public static OutputSetting Of(Exchange exchange, long most)
    {
        string field = exchange.Served.Bounds(exchange.Request).OutputField!;
        return ParameterPath.TryParse(field, out ParameterPath? path, out string? error)
            ? new OutputSetting(path, most)
            : throw new InvalidOperationException($"'{field}' {error}.");
    }

    /// <summary>A zero stands: it asks for no answer, which costs less than any limit.</summary>
    public void Apply(BodyPatch patch)
    {
        if (!patch.TryGetValue(field, out ReadOnlySpan<byte> said) || !IsZero(said))
        {
            patch.TrySet(field, Encoding.UTF8.GetBytes(most.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <param name="modelsMost">What the model takes at most; null where that is not known.</param>
    public ModelRequest Apply(ModelRequest request, int? modelsMost) => request is ChatRequest chat
        ? chat with
        {
            Options = chat.Options with { MaxOutputTokens = (int)Math.Min(most, modelsMost ?? int.MaxValue) },
        }
        : request;

    private static bool IsZero(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out double number, out int read) && read == value.Length && number == 0;
}

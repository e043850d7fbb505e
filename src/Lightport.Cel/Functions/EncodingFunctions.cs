using System.Buffers.Text;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>The encoders extension.</summary>
internal static class EncodingFunctions
{
    public static IReadOnlyList<CelFunction> All { get; } =
    [
        new("base64.encode", CelOverload.Global([Bytes], CelType.String, static (arguments, meter) =>
            meter.SpendText(arguments[0].Octets.Length)
                ? CelValue.Of(Convert.ToBase64String(arguments[0].Octets)) : meter.Refusal())),
        new("base64.decode", CelOverload.Global([CelType.String], Bytes, static (arguments, meter) =>
            meter.SpendText(arguments[0].Text.Length) ? Decode(arguments[0].Text) : meter.Refusal())),
    ];

    /// <summary>The padding at the end may be left out.</summary>
    private static CelValue Decode(string text)
    {
        string padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(padded.Length)];
        return Convert.TryFromBase64String(padded, decoded, out int count)
            ? CelValue.Of(decoded[..count]) : CelValue.Error("the text is no Base64");
    }
}

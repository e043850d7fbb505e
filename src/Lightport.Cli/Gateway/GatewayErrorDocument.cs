using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>The one shape of the doors' errors (docs/management.md).</summary>
internal sealed record GatewayErrorDocument(GatewayErrorBody? Error);

/// <param name="Message">For people.</param>
/// <param name="Type">Of what sort it is.</param>
/// <param name="Code">Text; a provider's own error that is passed on may have a number.</param>
/// <param name="Details">Places in the document that was sent.</param>
internal sealed record GatewayErrorBody(
    string? Message,
    string? Type,
    JsonElement Code,
    IReadOnlyList<GatewayErrorDetail>? Details)
{
    /// <summary>The error in a word.</summary>
    public string? Word => Code.ValueKind switch
    {
        JsonValueKind.String => Code.GetString(),
        JsonValueKind.Number => Code.GetRawText(),
        _ => Type,
    };
}

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong there.</param>
internal sealed record GatewayErrorDetail(int Line, int Column, string Message);

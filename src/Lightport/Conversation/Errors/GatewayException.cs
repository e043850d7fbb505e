namespace Lightport.Conversation;

/// <summary>Carries a <see cref="GatewayError"/> out of code that reads or writes a body.</summary>
public sealed class GatewayException(GatewayError error, Exception? inner = null) : Exception(error.Message, inner)
{
    public GatewayError Error { get; } = error;

    public static GatewayException BadRequest(string message, string? param = null, string? code = null) =>
        new(GatewayError.BadRequest(message, param, code));

    public static GatewayException BadUpstream(string message, Exception? inner = null) =>
        new(GatewayError.BadUpstream(message), inner);
}

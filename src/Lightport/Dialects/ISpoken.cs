using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>An operation that providers are told in this dialect.</summary>
public interface ISpoken
{
    /// <summary>Writes the provider's request, and remembers what reading its answer takes.</summary>
    /// <exception cref="GatewayException">The request holds what this dialect cannot say and may not drop.</exception>
    Call Write(ModelRequest request, CallContext context);
}

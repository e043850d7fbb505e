using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>What is changed in a JSON body after its dialect has written it: data, not code, says so.</summary>
public interface IBodyAmendment
{
    /// <exception cref="GatewayException">The body holds what the target refuses and may not lose.</exception>
    void Apply(BodyPatch patch);
}

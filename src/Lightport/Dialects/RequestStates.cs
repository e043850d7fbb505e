using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>Who made what a request brings back of earlier thinking: nobody else can read it.</summary>
/// <param name="Field">Where it stands, in the client's words.</param>
/// <param name="Makers">Each once, as far as it is known, without the data.</param>
public sealed record RequestStates(string Field, IReadOnlyList<OpaqueState> Makers)
{
    public static RequestStates None { get; } = new("", []);
}

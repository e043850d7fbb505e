namespace Lightport.Transport.Framing;

/// <summary>A streaming body is not framed as it should be: nothing after that place can be told apart.</summary>
/// <param name="what">What is wrong, in words that hold nothing of the body.</param>
public sealed class MalformedFrameException(string what)
    : IOException($"The provider's stream is not framed as it should be: {what}.");

namespace Lightport.Mcp.Connections;

/// <summary>A server says more than is taken of it.</summary>
internal sealed class AnswerTooLargeException : Exception
{
    /// <param name="most">In bytes.</param>
    public AnswerTooLargeException(int most)
        : base($"It answered more than {most / 1024 / 1024} MiB.")
    {
    }

    private AnswerTooLargeException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Its bytes are few, and the values in them too many.</summary>
    public static AnswerTooLargeException OfValues(int most) => new($"It answered more than {most} values.");

    /// <summary>A program talks on and on, and was ended.</summary>
    /// <param name="how">What of it was too much.</param>
    public static AnswerTooLargeException OfSpeech(string how) => new($"It {how}, and was ended.");

    /// <summary>Contents of a resource, messages of a prompt.</summary>
    public static AnswerTooLargeException OfParts(int most) => new($"It answered more than {most} parts.");

    /// <summary>It asks the gateway again and again, in the midst of its answer.</summary>
    public static AnswerTooLargeException OfRequests(int most, Exception? inner = null) =>
        new($"It asked for more than {most} things itself.", inner);
}

namespace Lightport.Dialects;

/// <summary>An encoder whose answer its client may ask for again.</summary>
public interface IKeptAnswerEncoder : IAnswerEncoder
{
    /// <summary>
    /// What is to be kept, before the client reads that the answer is complete; null while it is not, and where the
    /// client does not want it.
    /// </summary>
    KeptAnswer? Kept { get; }
}

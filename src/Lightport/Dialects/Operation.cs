namespace Lightport.Dialects;

/// <summary>What is asked for, in whatever dialect it is said.</summary>
public enum Operation
{
    Chat,
    Completion,
    Embeddings,
    Rerank,
    Image,
    Speech,
    Transcription,
    Moderation,
    TokenCount,

    /// <summary>An answer that its provider's account keeps.</summary>
    KeptAnswer,

    /// <summary>A conversation made shorter.</summary>
    Compaction,
}

using Lightport.Dialects;

namespace Lightport.Exchanges.Rules;

/// <summary>The operations as rules name them.</summary>
internal static class OperationWords
{
    public static string Of(Operation operation) => operation switch
    {
        Operation.Chat => "chat",
        Operation.Completion => "completion",
        Operation.Embeddings => "embeddings",
        Operation.Rerank => "rerank",
        Operation.Image => "image",
        Operation.Speech => "speech",
        Operation.Transcription => "transcription",
        Operation.Moderation => "moderation",
        Operation.TokenCount => "token-count",
        Operation.KeptAnswer => "kept-answer",
        Operation.Compaction => "compaction",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Rules have no word for it."),
    };
}

namespace Lightport.Dialects.OpenAI.Embeddings;

/// <summary>OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings).</summary>
internal static class OpenAIEmbeddingsDialect
{
    public static DialectOperation Embeddings { get; } = new(DialectIds.OpenAIEmbeddings, Operation.Embeddings)
    {
        Served = new OpenAIEmbeddingsServed(),
        Passed = new OpenAIEmbeddingsPassed(),
    };
}

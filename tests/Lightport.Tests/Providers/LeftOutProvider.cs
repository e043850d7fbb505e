namespace Lightport.Tests.Providers;

/// <summary>A provider that the sources name and the catalog does not.</summary>
/// <param name="Id">The name in the source.</param>
/// <param name="Why">The reason, as the page gives it.</param>
/// <param name="IsDead">Its API has ended; otherwise it waits, or is no API for others.</param>
internal sealed record LeftOutProvider(string Id, string Why, bool IsDead = false)
{
    public static IReadOnlyList<LeftOutProvider> All { get; } =
    [
        new("anyscale", "Its shared endpoints closed on 2024-08-01.", IsDead: true),
        new("deepbricks", "The address answers no more.", IsDead: true),
        new("github-models", "GitHub Models was retired on 2026-07-30.", IsDead: true),
        new("iflowcn", "iFlow closed on 2026-04-17.", IsDead: true),
        new("kluster-ai", "The company was bought; its addresses no longer resolve (2026-10).", IsDead: true),
        new("lambda", "The inference API closed on 2025-09-25.", IsDead: true),
        new("lepton", "Bought by NVIDIA; the model endpoints are gone.", IsDead: true),
        new("llama", "Meta retired the Llama API's preview on 2026-07-06.", IsDead: true),
        new("palm", "Replaced by Gemini; the API was switched off.", IsDead: true),

        new("oracle", "Needs OCI's request signature."),
        new("sagemaker", "Needs AWS's request signature, and each endpoint has a wire of its own."),
        new("sap-ai-core", "Needs a token from SAP's own sign-in."),
        new("perplexity-agent", "Speaks Responses only."),
        new("reka-ai", "A wire of its own."),
        new("triton", "A wire of its own."),
        new("monsterapi", "A wire of its own, without streams."),
        new("nomic", "An embeddings wire of its own."),
        new("pinecone", "Reranking only."),
        new("stability-ai", "Images only."),
        new("segmind", "Images only."),
        new("recraft-ai", "Images only."),
        new("bytez", "A wire of its own."),

        new("github-copilot", "No API for others: its tokens are Copilot's."),
        new("gitlab", "No API for others: a proxy for GitLab Duo."),
        new("merge-gateway", "Its documentation could not be read; use `openai-compatible`."),
        new("modal", "Each deployment has its own address; use `openai-compatible`."),
        new("predibase", "Each deployment has its own address; use `openai-compatible`."),
        new("latitude", "No public documentation was found; use `openai-compatible`."),
        new("lingyi", "No public documentation was found; use `openai-compatible`."),
        new("ncompass", "No public documentation was found; use `openai-compatible`."),
        new("minimax-coding-plan", "The same address and key as `minimax`."),
        new("minimax-cn-coding-plan", "The same address and key as `minimax-cn`."),
    ];
}

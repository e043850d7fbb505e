namespace Lightport.Dialects.OpenAI;

/// <summary>
/// Where requests of OpenAI's dialects name files, the containers that code runs in, and stores to search
/// (https://platform.openai.com/docs/api-reference/responses/create).
/// </summary>
internal static class OpenAIFiles
{
    public static AccountFiles Named { get; } = new(
        ["file_id", "file_ids", "vector_store_ids", "container", "container_id"],
        ["annotations", "results", "logprobs", "metadata", "client_metadata", "parameters", "schema", "arguments"]);
}

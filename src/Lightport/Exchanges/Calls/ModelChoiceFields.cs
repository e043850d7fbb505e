using System.Collections.Frozen;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// The fields beside <c>model</c> by which servers of the gateway's kind let a request choose, as their own pages have
/// them: OpenRouter (https://openrouter.ai/docs/guides/routing/model-fallbacks, …/provider-selection), LiteLLM
/// (https://docs.litellm.ai/docs/proxy/clientside_auth, …/client_side_fallbacks), Vercel's gateway, Groq's compound
/// systems, Anthropic (https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback).
/// </summary>
internal static class ModelChoiceFields
{
    private static readonly FrozenSet<string> Models = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "model_group", "model_id", "modelId", "model_name", "modelName", "engine",
        "compound_custom");

    private static readonly FrozenSet<string> Places = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "provider", "providers", "provider_options", "providerOptions", "route", "router", "preset", "gateway",
        "inference_geo", "api_base", "apiBase", "base_url", "baseUrl", "api_key", "apiKey",
        "api_version", "api_type", "organization", "project",
        "extra_body", "extra_headers", "headers", "user_config", "model_list", "deployment_id", "deployment_url",
        "custom_llm_provider", "litellm_credential_name", "litellm_embedding_config", "litellm_params",
        "router_settings", "router_settings_override", "customer_credentials", "credentials", "region_name",
        "s3_endpoint_url", "sagemaker_base_url", "azure_ad_token", "lora_path", "lora_request", "adapter_id");

    private static readonly string[] PlacePrefixes = ["aws_", "azure_", "vertex_", "watsonx_"];

    /// <summary>Whether the field names models that the server may ask instead or besides.</summary>
    public static bool NamesModels(string field)
    {
        string name = JsonNames.Fold(field);
        return Models.Contains(name)
            || (IsModel(name) && !name.Equals("model", StringComparison.OrdinalIgnoreCase))
            || (name.Contains("fallback", StringComparison.OrdinalIgnoreCase)
                && !name.Contains("credit", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether the field says where the server shall ask, or with whose key.</summary>
    public static bool NamesPlace(string field)
    {
        string name = JsonNames.Fold(field);
        return Places.Contains(name)
            || Array.Exists(
                PlacePrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether the field lists tools or plugins, each of which may ask a model of its own.</summary>
    public static bool ListsTools(string field)
    {
        string name = JsonNames.Fold(field);
        return name.Equals("tools", StringComparison.OrdinalIgnoreCase)
            || name.Equals("plugins", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a field within a tool, or within a fallback, names a model or several.</summary>
    public static bool IsModel(string field)
    {
        string name = JsonNames.Fold(field);
        return name.EndsWith("model", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("models", StringComparison.OrdinalIgnoreCase);
    }
}

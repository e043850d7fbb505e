namespace Lightport.Dialects.Google.Gemini;

/// <summary>The tiers of Google's API (https://ai.google.dev/gemini-api/docs/priority-inference).</summary>
internal static class GoogleGeminiTier
{
    /// <summary>Google's word for a tier that was asked for; null where none is, or none that it has.</summary>
    public static string? Of(string? tier, LossLedger losses)
    {
        switch (tier)
        {
            case null or "auto":
                return null;
            case "default" or "standard" or "standard_only":
                return "standard";
            case "flex" or "priority":
                return tier;
            default:
                losses.Drop("service_tier");
                return null;
        }
    }
}

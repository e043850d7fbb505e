namespace Lightport.EndToEnd.Gateway;

/// <summary>Secrets and words that must never show in what the gateway prints; eng/test.sh looks too.</summary>
internal static class Canary
{
    public const string ClientKey = "lp-canary-client-4f1d0b";
    public const string LimitedKey = "lp-canary-limited-9a77c2";
    public const string ExpiredKey = "lp-canary-expired-3be8d5";
    public const string MeteredKey = "lp-canary-metered-71d0aa";
    public const string SpentKey = "lp-canary-spent-b8e94c";
    public const string WrongKey = "lp-canary-wrong-e60a41";
    public const string OpenAIKey = "sk-canary-openai-5d2c9e";
    public const string AnthropicKey = "sk-ant-canary-8b14f7";
    public const string AdminKey = "canary-admin-2f60c8d174";
    public const string GoogleKey = "AIza-canary-google-c07d1e";
    public const string AwsKey = "canary-aws-6e21b9";
    public const string Prompt = "canary-prompt-c5e1";
    public const string Answer = "canary-answer-7d3f";

    public static IReadOnlyList<string> All { get; } =
    [
        ClientKey, LimitedKey, ExpiredKey, MeteredKey, SpentKey, WrongKey, OpenAIKey, AnthropicKey, GoogleKey, AwsKey,
        AdminKey, Prompt, Answer,
    ];
}

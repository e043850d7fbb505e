using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Amazon Bedrock's Converse (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html): the
/// model is in the path, and streamed answers are binary messages.
/// </summary>
internal static class AwsConverseDialect
{
    public static DialectOperation Chat { get; } = new(DialectIds.AwsConverse, Operation.Chat)
    {
        Reads = [StateFormats.Anthropic],
        Spoken = new AwsConverseSpoken(),
    };

    public static DialectOperation TokenCount { get; } = new(DialectIds.AwsConverse, Operation.TokenCount)
    {
        Endpoint = "aws-converse-count-tokens",
        Spoken = new AwsConverseCountSpoken(),
    };
}

using System.Text;
using Lightport.Cli;

Console.OutputEncoding = new UTF8Encoding(false);
return await Tool.RunAsync(args, Surroundings.OfThisProcess());
